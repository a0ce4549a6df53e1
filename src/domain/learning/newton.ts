// One step of Newton's method for a convex function of about ten variables.

/** Returns −H⁻¹·g by Cholesky decomposition. @param hessian positive definite; only its lower half is read */
export function newtonStep(gradient: Float64Array, hessian: readonly Float64Array[]): Float64Array {
  const n = gradient.length;
  const lower = cholesky(hessian);
  const forward = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = -gradient[i]!;
    for (let j = 0; j < i; j++) sum -= lower[i]![j]! * forward[j]!;
    forward[i] = sum / lower[i]![i]!;
  }
  const step = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = forward[i]!;
    for (let j = i + 1; j < n; j++) sum -= lower[j]![i]! * step[j]!;
    step[i] = sum / lower[i]![i]!;
  }
  return step;
}

function cholesky(matrix: readonly Float64Array[]): Float64Array[] {
  const lower = matrix.map(() => new Float64Array(matrix.length));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      if (i === j && !(sum > 0)) throw new RangeError('the matrix is not positive definite');
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
  }
  return lower;
}

/** Returns an n × n matrix of zeros with `diagonal` on its diagonal. */
export function diagonalMatrix(n: number, diagonal: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => new Float64Array(n).fill(diagonal, i, i + 1));
}

/** Returns the inner product of two vectors of equal length. */
export function innerProduct(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Adds weight·v to a vector. */
export function addScaled(sum: Float64Array, v: ArrayLike<number>, weight: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += weight * v[i]!;
}

/** Adds weight·v·vᵀ to the lower half of a matrix. */
export function addOuter(matrix: readonly Float64Array[], v: Float64Array, weight: number): void {
  for (let i = 0; i < v.length; i++) {
    const row = matrix[i]!;
    const scaled = weight * v[i]!;
    // Contributions that a request lacks are 0, and most requests lack half of them.
    if (scaled === 0) continue;
    for (let j = 0; j <= i; j++) row[j]! += scaled * v[j]!;
  }
}
