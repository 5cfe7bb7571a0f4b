namespace SparsePipeline.Sparsification.Souping;

/// <summary>How a network does on the validation split.</summary>
/// <param name="Measure">By what networks are compared, see <see cref="SoupRequest.Measure"/>; of accuracy in [0, 1].</param>
/// <param name="Loss">Mean loss of the task; of classes the cross-entropy in nats.</param>
public sealed record SoupScore(double Measure, double Loss);
