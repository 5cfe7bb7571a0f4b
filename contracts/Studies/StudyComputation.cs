namespace SparsePipeline.Contracts;

/// <summary>When the runs that judge were finished.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Runs">How many there are.</param>
/// <param name="BeforeOrigin">How many were finished before the commit of <see cref="StudyOrigin"/>: they were known when what is judged was written down.</param>
public sealed record StudyComputation(DateTimeOffset First, DateTimeOffset Last, int Runs, int BeforeOrigin);
