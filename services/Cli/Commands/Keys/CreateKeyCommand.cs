using System.CommandLine;
using System.Globalization;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Access;

namespace SparsePipeline.Cli.Commands.Keys;

/// <summary><c>keys create --role ROLE</c>: makes a key and shows its token, once.</summary>
internal static class CreateKeyCommand
{
    private const int MostDays = 3650;

    private static readonly Option<string> Role = new("--role")
    {
        Description = "viewer reads; publisher uploads and publishes; client uploads for a federation; operator starts and stops runs, too; approver reads, too; admin looks after keys, too.",
        HelpName = string.Join('|', AccessRoles.All),
        Required = true,
    };

    private static readonly Option<string[]> Models = new("--model")
    {
        Description = "Model that it may publish, * for anything; may be given more than once. All when left out.",
        HelpName = "MODEL",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Federation = new("--federation") { Description = "Federation of a key of role client.", HelpName = "NAME" };

    private static readonly Option<string?> ClientId = new("--client-id") { Description = "Which client of the federation.", HelpName = "NAME" };

    private static readonly Option<string?> Label = new("--label") { Description = "What it is for, in words.", HelpName = "TEXT" };

    private static readonly Option<int?> Days = new("--days") { Description = "Days after which it expires; never when left out.", HelpName = "N" };

    static CreateKeyCommand() => Role.AcceptOnlyFromAmong([.. AccessRoles.All]);

    public static Command Create() => new CommandWithExamples(
        "create",
        "Make a key, straight in the store. Its token is shown once and kept nowhere.",
        "sparsepipe keys create --role admin --label first",
        "sparsepipe keys create --role publisher --model digits --model 'mnist-*' --days 90",
        "sparsepipe keys create --role publisher --json --profile distributed")
    {
        Role, Models, Federation, ClientId, Label, Days,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var days = invocation.Value(Days);
        if (days is < 1 or > MostDays)
            throw new DomainException(FailureCodes.InvalidOption, $"--days is {days}.", $"Give 1 to {MostDays}.");
        var expiresAt = days is { } count ? TimeProvider.System.GetUtcNow().AddDays(count) : (DateTimeOffset?)null;
        await using var store = LocalStore.Open(invocation.Settings);
        var models = invocation.Value(Models) is { Length: > 0 } given ? given : null;
        var wanted = new NewKey(invocation.Required(Role), models, invocation.Value(Label), expiresAt) { Federation = invocation.Value(Federation), ClientId = invocation.Value(ClientId) };
        var (key, token) = await store.Keys.CreateAsync(wanted, cancellationToken);
        invocation.Answer(new { key.KeyId, key.Role, key.Models, key.Federation, key.ClientId, key.Label, key.ExpiresAt, Token = token });
        invocation.Say(token);
        if (!invocation.Json)
            await invocation.Terminal.Error.WriteLineAsync(
                $"key {key.KeyId}, role {key.Role}{(key.ExpiresAt is { } end ? string.Create(CultureInfo.InvariantCulture, $", until {end:u}") : "")}; its token is shown this once");
        return ExitCodes.Ok;
    }
}
