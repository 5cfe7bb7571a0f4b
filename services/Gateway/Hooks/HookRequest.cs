namespace SparsePipeline.Gateway.Hooks;

/// <summary>A hook that is to be made.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Kind"><c>standard</c>.</param>
/// <param name="Model">The model of messages that name none.</param>
/// <param name="Recipe">The stored recipe of messages that name none.</param>
public sealed record HookRequest(string Name, string Kind, string? Model = null, string? Recipe = null);
