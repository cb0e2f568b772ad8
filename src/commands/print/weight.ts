import { GMAIL_CLIP_BYTES, type Weight } from '../../message/weight.js';
import { columns } from '../../text/columns.js';

export function weightText({ bytes, share_of_gmail_clip, parts }: Weight): string {
  const rows = parts.map(({ name, title, bytes, share }) => [
    kilobytes(bytes).padStart(8),
    percent(share).padStart(5),
    name,
    title ?? '',
  ]);
  const share = percent(share_of_gmail_clip);
  return `The HTML is ${kilobytes(bytes)}, ${share} of what Gmail shows before it clips (${kilobytes(GMAIL_CLIP_BYTES, 0)}):\n${columns(rows)}`;
}

export function kilobytes(bytes: number, digits = 1): string {
  return `${(bytes / 1000).toFixed(digits)} kB`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
