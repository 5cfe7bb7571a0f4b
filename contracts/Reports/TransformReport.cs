namespace SparsePipeline.Contracts;

/// <summary>What was trained in place of weights.</summary>
/// <param name="Name">Name on the <c>transform</c> axis.</param>
/// <param name="Replaced">Weights that followed from it, zeros included.</param>
/// <param name="Trained">Numbers that were trained in all, those of tensors without a transform too.</param>
public sealed record TransformReport(string Name, long Replaced, long Trained);
