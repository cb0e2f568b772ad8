/** A drawing that cannot be published. Its message says why, to be put after the name of the file. */
export class UnsafeDrawing extends Error {}
