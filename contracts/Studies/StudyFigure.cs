namespace SparsePipeline.Contracts;

/// <summary>What one model is worth on one split over the seeds: its accuracy, or the <see cref="StudyReport.Measure"/> of the study.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Split">One of <see cref="StudySplits"/>.</param>
/// <param name="Count">Seeds.</param>
/// <param name="Mean">Mean over the seeds; of accuracies in [0, 1].</param>
/// <param name="Deviation">Sample standard deviation over the seeds; null for a single one.</param>
public sealed record StudyFigure(string Model, string Split, int Count, double Mean, double? Deviation);
