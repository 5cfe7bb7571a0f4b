namespace SparsePipeline.Checkpoints.Tests;

/// <summary>Tests that measure the memory of the process run one after the other, when no other test does.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
