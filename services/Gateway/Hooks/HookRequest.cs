namespace SparsePipeline.Gateway.Hooks;

/// <summary>A hook that is to be made.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Kind"><c>standard</c>, <c>mlflow</c>, <c>wandb</c>, <c>github</c> or <c>s3</c>.</param>
/// <param name="Model">The model of messages that name none, of kinds without rules.</param>
/// <param name="Recipe">The stored recipe of messages that name none.</param>
/// <param name="Rules">Which messages are news of which model, of kinds that have rules.</param>
public sealed record HookRequest(string Name, string Kind, string? Model = null, string? Recipe = null, IReadOnlyList<HookRule>? Rules = null);
