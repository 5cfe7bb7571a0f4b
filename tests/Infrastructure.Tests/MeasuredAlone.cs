namespace SparsePipeline.Infrastructure.Tests;

/// <summary>Tests that measure this process, and so run while no other test does.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
