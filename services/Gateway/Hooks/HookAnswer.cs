namespace SparsePipeline.Gateway.Hooks;

/// <summary>A hook as it is shown.</summary>
/// <param name="Name">Its name; events have <c>/hooks/{name}</c> as their source.</param>
/// <param name="Kind">How messages are signed.</param>
/// <param name="Model">The model of messages that name none.</param>
/// <param name="Recipe">The recipe of messages that name none.</param>
/// <param name="Url">Where messages go; shown when it is made or rotated.</param>
/// <param name="Secret">What messages are signed with; shown when it is made or rotated.</param>
public sealed record HookAnswer(string Name, string Kind, string? Model, string? Recipe, string? Url = null, string? Secret = null)
{
    internal static HookAnswer Of(Hook hook) => new(hook.Name, hook.Kind, hook.Model, hook.Recipe);
}
