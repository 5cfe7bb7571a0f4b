namespace SparsePipeline.Sparsification.Souping;

/// <summary>What becomes of one difference.</summary>
/// <param name="member">Index of the member, in the order of the run.</param>
/// <param name="index">Flat index of the number.</param>
/// <param name="delta">Member − anchor.</param>
internal delegate double DeltaChange(int member, long index, double delta);
