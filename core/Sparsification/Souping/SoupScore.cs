namespace SparsePipeline.Sparsification.Souping;

/// <summary>How a network does on the validation split.</summary>
/// <param name="Accuracy">In [0, 1].</param>
/// <param name="Loss">Mean cross-entropy in nats.</param>
public sealed record SoupScore(double Accuracy, double Loss);
