using System.CommandLine;
using SparsePipeline.Cli.Commands.Keys;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>keys …</c>: who may use the gateway of a store.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Create, list and revoke the keys that the gateway asks for. Whoever may write to the store may make them.")
    {
        CreateKeyCommand.Create(),
        ListKeysCommand.Create(),
        RevokeKeyCommand.Create(),
    };
}
