using System.Text.RegularExpressions;
using SparsePipeline.Cli;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Serve;

/// <summary>The ways to publish that are shipped and documented, each against a real gateway.</summary>
public sealed partial class PublishingToolsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_script_the_lines_of_the_page_and_the_command_line_publish_the_same_file()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var token = client.DefaultRequestHeaders.Authorization!.Parameter!;
        var file = Network(1).Save(_folder.File("net.safetensors"));

        var python = (await Scripts.PythonAsync(_folder, gateway.Address, token, file, "digits")).Split(' ')[0];
        (await Scripts.PythonAsync(_folder, gateway.Address, token, file, "digits")).ShouldStartWith(python, customMessage: "to publish again changes nothing");
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "docs", "gateway.md"), Token);
        var lines = Shell().Matches(page).Select(m => m.Groups["text"].Value).Single(t => t.Contains("/v1/uploads", StringComparison.Ordinal));
        var (code, output, error) = await Scripts.RunAsync("/bin/bash", ["-euo", "pipefail", "-c", lines], new Dictionary<string, string>
        {
            ["GATEWAY"] = gateway.Address.ToString().TrimEnd('/'),
            ["KEY"] = token,
            ["FILE"] = Network(2).Save(_folder.File("other.safetensors")),
        });
        code.ShouldBe(0, error);
        output.ShouldContain("\"state\": \"accepted\"");
        var (published, _, _) = await SparsepipeAsync("publish", file, "--model", "digits", "--tag", "branch=main", "--metric", "accuracy=0.9", "--gateway", gateway.Address.ToString(), "--key-file", _folder.File("key"), "--json");
        published.ShouldBe(ExitCodes.Ok);

        var events = (await BodyAsync(await client.GetAsync("/v1/events", Token))).GetProperty("items").EnumerateArray().ToList();
        events.Count.ShouldBe(3);
        events[0].GetProperty("data").GetProperty("metrics").GetProperty("accuracy").GetDouble().ShouldBe(0.9);
        foreach (var one in events)
            (await EndAsync(client, one.GetProperty("eventKey").GetString()!)).GetProperty("state").GetString().ShouldBe(EventStates.Unmatched);
    }

    [Fact]
    public async Task The_script_says_what_the_gateway_refused()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Viewer);
        await File.WriteAllTextAsync(_folder.File("key"), client.DefaultRequestHeaders.Authorization!.Parameter, Token);
        var script = Path.Combine(RepositoryFolder.Path, "examples", "publish", "sparsepipeline_publish.py");

        var (code, _, error) = await Scripts.RunAsync(
            "/usr/bin/python3", ["-B", script, gateway.Address.ToString(), _folder.File("key"), Network(1).Save(_folder.File("net.safetensors")), "digits"], new Dictionary<string, string>());

        (code, error.Trim()).ShouldBe((1, "refused: The key is one of role viewer. This needs publisher or client or operator or admin."));
    }

    [Fact]
    public async Task The_command_line_says_what_the_gateway_refused()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher, "letters");
        await File.WriteAllTextAsync(_folder.File("key"), client.DefaultRequestHeaders.Authorization!.Parameter, Token);

        var (code, _, error) = await SparsepipeAsync(
            "publish", Network(1).Save(_folder.File("net.safetensors")), "--model", "digits", "--gateway", gateway.Address.ToString(), "--key-file", _folder.File("key"));

        code.ShouldBe(ExitCodes.RefusedInput);
        error.ShouldContain("The key is not for the model 'digits'. Use a key whose models include it.");
    }

    [Fact]
    public async Task Keys_are_made_listed_and_revoked_on_the_command_line()
    {
        var store = _folder.File("store");

        var (made, token, _) = await SparsepipeAsync("keys", "create", "--role", "publisher", "--model", "digits", "--label", "nightly", "--days", "3", "--store", store);
        var keyId = token.Trim()[4..16];
        var (_, listed, _) = await SparsepipeAsync("keys", "list", "--store", store);
        var (revoked, _, _) = await SparsepipeAsync("keys", "revoke", keyId, "--store", store);
        var (_, afterwards, _) = await SparsepipeAsync("keys", "list", "--store", store, "--json");
        var (unknown, _, error) = await SparsepipeAsync("keys", "revoke", "aaaaaaaaaaaa", "--store", store);

        (made, revoked, unknown).ShouldBe((ExitCodes.Ok, ExitCodes.Ok, ExitCodes.Usage));
        listed.Trim().ShouldBe($"{keyId}  publisher  valid    digits  nightly");
        afterwards.ShouldContain("revokedAt");
        error.ShouldContain("KEY 'aaaaaaaaaaaa' is none of this store.");
    }

    private static async Task<(int Code, string Output, string Error)> SparsepipeAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.InvokeAsync(arguments, new Terminal(output, error, IsInteractive: false), Token);
        return (code, output.ToString(), error.ToString());
    }

    [GeneratedRegex("```sh\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Shell();
}
