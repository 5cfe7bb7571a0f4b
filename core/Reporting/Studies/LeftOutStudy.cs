namespace SparsePipeline.Reporting.Studies;

/// <summary>A study that was asked for and has no figures yet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">For people.</param>
public sealed record LeftOutStudy(string Name, string Title);
