namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>A chart as a file of its own.</summary>
/// <param name="File">Its name.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Svg">The drawing.</param>
public sealed record StudyChart(string File, string Title, string Svg);
