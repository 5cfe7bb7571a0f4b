namespace SparsePipeline.Contracts;

/// <summary>What a run would do, before it is begun.</summary>
/// <param name="RunId">The run the recipe is.</param>
/// <param name="Cached">Steps whose results exist.</param>
/// <param name="ToRun">Steps that will run, at most.</param>
/// <param name="Epochs">Training epochs of those.</param>
/// <param name="Seconds">Estimated compute time; null when some kind was never measured.</param>
/// <param name="Bytes">Estimated bytes written; null when some kind was never stored.</param>
/// <param name="Failure">Why it cannot finish; null while it can.</param>
/// <param name="Steps">All steps, those first that others need.</param>
public sealed record PlanAnswer(
    string RunId, int Cached, int ToRun, int Epochs, double? Seconds, long? Bytes, StepFailure? Failure, IReadOnlyList<PlannedAnswer> Steps);
