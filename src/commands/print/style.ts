import picocolors from 'picocolors';

export type Style = ReturnType<typeof picocolors.createColors>;

export const createStyle = picocolors.createColors;
