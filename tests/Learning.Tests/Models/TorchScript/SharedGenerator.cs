namespace SparsePipeline.Learning.Tests.Models.TorchScript;

/// <summary>Tests that draw from torch's own generator run one after the other, when no other test does.</summary>
[CollectionDefinition(nameof(SharedGenerator), DisableParallelization = true)]
public sealed class SharedGenerator;
