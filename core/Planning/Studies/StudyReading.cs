namespace SparsePipeline.Planning;

/// <summary>What reading a study gave: the study, or everything that is wrong with it.</summary>
/// <param name="Study">Null when there are errors.</param>
/// <param name="Errors">All errors at once, in the order of their lines.</param>
public sealed record StudyReading(Study? Study, IReadOnlyList<RecipeError> Errors);
