namespace SparsePipeline.Learning.Calibration;

/// <summary>What a collection has looked at.</summary>
/// <param name="Layers">Layers of the network.</param>
/// <param name="Examples">Examples of the training split.</param>
/// <param name="Passes">How often each of them ran through the network: once, or once for every layer where they are cut in order.</param>
public sealed record CollectedSample(int Layers, int Examples, int Passes);
