using System.CommandLine;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Commands.Keys;

/// <summary><c>keys revoke KEY</c>: a key that is to be of no use any more.</summary>
internal static class RevokeKeyCommand
{
    private static readonly Argument<string> Key = new("KEY") { Description = "Id of the key, as `keys list` shows it: the 12 characters after spk_ of its token." };

    public static Command Create() => new CommandWithExamples(
        "revoke", "Revoke a key. A gateway lets it in for ten seconds at most.", "sparsepipe keys revoke abcdefghijkl", "sparsepipe keys revoke abcdefghijkl --profile distributed")
    {
        Key,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.OpenExisting(invocation.Settings);
        var key = await store.Keys.RevokeAsync(invocation.Required(Key), cancellationToken) ?? throw new DomainException(
            FailureCodes.InvalidOption, $"KEY '{invocation.Required(Key)}' is none of this store.", "`sparsepipe keys list` shows their ids.");
        invocation.Answer(new { key.KeyId, key.RevokedAt });
        invocation.Say($"{key.KeyId}: revoked at {key.RevokedAt:u}");
        return ExitCodes.Ok;
    }
}
