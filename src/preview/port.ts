/** The port of the preview, unless another is wanted. */
export const PREVIEW_PORT = 4800;
