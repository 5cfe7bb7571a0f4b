namespace SparsePipeline.Cli.Studies;

/// <summary>A study that was asked for and has no figures yet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">For people.</param>
internal sealed record LeftOutStudy(string Name, string Title);
