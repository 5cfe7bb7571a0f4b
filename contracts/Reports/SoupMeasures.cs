namespace SparsePipeline.Contracts;

/// <summary>What a soup and its candidates are worth on the validation split, by the measure of the task.</summary>
/// <param name="Soup">The soup's, after recalibration.</param>
/// <param name="MeanCandidate">Mean of the candidates'.</param>
/// <param name="BestCandidate">The best candidate's.</param>
public sealed record SoupMeasures(double Soup, double MeanCandidate, double BestCandidate);
