using System.CommandLine;
using SparsePipeline.Cli.Files;
using SparsePipeline.Client;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Remote;

/// <summary>Options of the commands that ask a gateway, and the gateway that they name.</summary>
internal static class RemoteGateway
{
    private const string AddressVariable = "SPARSEPIPELINE_GATEWAY";
    private const string KeyVariable = "SPARSEPIPELINE_KEY_FILE";

    public static Option<string?> Address { get; } = new("--gateway") { Description = $"Address of the gateway; that of {AddressVariable} when left out.", HelpName = "URL" };

    public static Option<string?> KeyFile { get; } = new("--key-file")
    {
        Description = $"File with the token of a key, as keys create printed it; that of {KeyVariable} when left out.",
        HelpName = "FILE",
    };

    /// <summary>The gateway that a call names.</summary>
    /// <exception cref="DomainException">It names none, or no key.</exception>
    public static async Task<GatewayClient> OpenAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var said = invocation.Value(Address) ?? Environment.GetEnvironmentVariable(AddressVariable);
        if (string.IsNullOrEmpty(said))
            throw new DomainException(FailureCodes.InvalidOption, "No gateway is named.", $"Give --gateway, such as http://localhost:8081, or set {AddressVariable}.");
        if (!Uri.TryCreate(said, UriKind.Absolute, out var gateway) || gateway.Scheme is not ("http" or "https"))
            throw new DomainException(FailureCodes.InvalidOption, $"--gateway {said} is no address.", "Give one, such as http://localhost:8081.");
        var file = invocation.Value(KeyFile) ?? Environment.GetEnvironmentVariable(KeyVariable);
        if (string.IsNullOrEmpty(file))
            throw new DomainException(FailureCodes.InvalidOption, "No key is named.", $"Give --key-file, a file that holds what `sparsepipe keys create` printed, or set {KeyVariable}.");
        WantedFile.Ensure(file, "--key-file", "Give a file that holds what `sparsepipe keys create` printed.");
        return new GatewayClient(gateway, (await File.ReadAllTextAsync(file, cancellationToken)).Trim());
    }
}
