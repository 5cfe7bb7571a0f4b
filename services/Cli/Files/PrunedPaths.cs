namespace SparsePipeline.Cli.Files;

/// <summary>Where the results of one cut go.</summary>
internal sealed record PrunedPaths(string Checkpoint, string Mask);
