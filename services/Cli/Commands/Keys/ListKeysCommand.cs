using System.CommandLine;
using SparsePipeline.Cli.Store;

namespace SparsePipeline.Cli.Commands.Keys;

/// <summary><c>keys list</c>: which keys there are.</summary>
internal static class ListKeysCommand
{
    public static Command Create() => new CommandWithExamples(
        "list", "List keys, those that were revoked or have expired too. Their secrets are in no store.", "sparsepipe keys list", "sparsepipe keys list --json --profile distributed")
        .Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.OpenExisting(invocation.Settings);
        var keys = await store.Keys.ListAsync(after: null, cancellationToken).ToListAsync(cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        invocation.Answer(new { Items = keys.Select(k => new { k.KeyId, k.Role, k.Models, k.Federation, k.ClientId, k.Label, k.CreatedAt, k.ExpiresAt, k.RevokedAt }) });
        foreach (var key in keys)
        {
            var state = key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= now ? "expired" : "valid";
            invocation.Say($"{key.KeyId}  {key.Role,-9}  {state,-7}  {(key.Models is { } models ? string.Join(", ", models) : "all models")}{(key.Label is { } label ? $"  {label}" : "")}");
        }
        if (keys.Count == 0)
            invocation.Say("no keys yet");
        return ExitCodes.Ok;
    }
}
