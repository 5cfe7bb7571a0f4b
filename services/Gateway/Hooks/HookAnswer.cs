namespace SparsePipeline.Gateway.Hooks;

/// <summary>A hook as it is shown.</summary>
/// <param name="Name">Its name; events have <c>/hooks/{name}</c> as their source, and those about objects the bucket behind that.</param>
/// <param name="Kind">Whose messages they are.</param>
/// <param name="Model">The model of messages that name none.</param>
/// <param name="Recipe">The recipe of messages that name none.</param>
/// <param name="Rules">Which messages are news of which model.</param>
/// <param name="Url">Where messages go; shown when it is made or rotated.</param>
/// <param name="Secret">What messages are signed with; shown when it is made or rotated. Senders that cannot sign have it in the address.</param>
public sealed record HookAnswer(string Name, string Kind, string? Model, string? Recipe, IReadOnlyList<HookRule> Rules, string? Url = null, string? Secret = null)
{
    internal static HookAnswer Of(Hook hook) => new(hook.Name, hook.Kind, hook.Model, hook.Recipe, hook.Rules);
}
