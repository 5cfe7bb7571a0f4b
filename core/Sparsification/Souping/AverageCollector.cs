namespace SparsePipeline.Sparsification.Souping;

/// <summary>Collects what comes into the layers of an average that is to be pruned again. True when it has solved the layers on the way.</summary>
/// <param name="average">Files to read and to write.</param>
/// <param name="cancellationToken">Stops the work.</param>
public delegate Task<bool> AverageCollector(AverageFiles average, CancellationToken cancellationToken);
