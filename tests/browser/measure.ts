import type { Page } from 'playwright-core';

/** How far the page is wider than its window, and what sticks out of it. */
export function overflow(page: Page): Promise<{ wider: number; out: string[] }> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const out = [...document.querySelectorAll('body *')].filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      const shown = one.checkVisibility() && !one.classList.contains('skip');
      return shown && (right > clientWidth + 0.5 || left < -0.5);
    });
    return { wider: scrollWidth - clientWidth, out: out.map((one) => one.outerHTML.slice(0, 120)) };
  });
}
