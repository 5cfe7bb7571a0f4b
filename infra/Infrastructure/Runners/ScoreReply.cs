namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Score on the validation split.</summary>
/// <param name="Accuracy">In [0, 1].</param>
/// <param name="Loss">Mean cross-entropy in nats.</param>
public sealed record ScoreReply(double Accuracy, double Loss);
