/** A drawing that cannot be published. Its message is the reason, to follow the file name. */
export class UnsafeDrawing extends Error {}
