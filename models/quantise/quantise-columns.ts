// Weights in 8 bits, a scale for each output of a linear layer: for products of whole numbers, whose other factor is
// quantised row by row while the graph runs. Dettmers et al. 2022, section 2.1, https://arxiv.org/abs/2208.07339.

/** A weight is value · scale. */
export interface QuantisedColumns {
  /** (in, out), -127 to 127: transposed, as onnxruntime's products of integers take it. */
  readonly values: Int8Array;
  /** (out); no finite number where a weight is none. */
  readonly scales: Float32Array;
}

const LEVELS = 127;
/** Outputs that are written side by side. */
const TILE = 16;

/** @param matrix (out, in) */
export function quantiseColumns(matrix: Float32Array, width: number): QuantisedColumns {
  const outputs = matrix.length / width;
  const values = new Int8Array(matrix.length);
  const scales = Float32Array.from({ length: outputs }, (_, output) =>
    scaleOf(matrix.subarray(output * width, (output + 1) * width)),
  );
  for (let tile = 0; tile < outputs; tile += TILE) {
    const end = Math.min(tile + TILE, outputs);
    for (let input = 0; input < width; input++) {
      for (let output = tile; output < end; output++) {
        const scale = scales[output] as number;
        const weight = matrix[output * width + input] as number;
        values[input * outputs + output] = scale === 0 ? 0 : Math.round(weight / scale);
      }
    }
  }
  return { values, scales };
}

function scaleOf(row: Float32Array): number {
  let largest = 0;
  for (const weight of row) largest = Math.max(largest, Math.abs(weight)); // stays no number where one is none
  const scale = Math.fround(largest / LEVELS);
  return scale < 2 ** -126 ? 0 : scale;
}
