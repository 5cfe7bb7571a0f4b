namespace SparsePipeline.Gateway.Hooks.Kinds;

/// <summary>The document <c>hooks/{name}/versions/{digest}.json</c>: where the files of a version of a registered model are. Only the message about its creation says so.</summary>
/// <param name="Name">Of the registered model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Source">As MLflow said it.</param>
public sealed record MlflowVersion(string Name, string Version, string Source);
