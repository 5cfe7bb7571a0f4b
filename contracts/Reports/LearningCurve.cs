namespace SparsePipeline.Contracts;

/// <summary>
/// How a training did on the validation split after every epoch: with the weights as they were then, before any average over the path and
/// before recalibration, so that the last point need not be what the step's metrics say.
/// </summary>
/// <param name="Examples">Validation examples measured: all, or so many of a large split that it costs little beside an epoch.</param>
/// <param name="Points">One per epoch, in their order.</param>
public sealed record LearningCurve(int Examples, IReadOnlyList<ValidationPoint> Points);
