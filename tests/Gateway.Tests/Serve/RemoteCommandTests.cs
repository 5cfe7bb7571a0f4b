using SparsePipeline.Cli;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Serve;

/// <summary>The commands that ask a gateway.</summary>
public sealed class RemoteCommandTests : IDisposable
{
    private const string Rules =
        """
        name: digits-continuous
        match: { model: digits, tags: { branch: main }, metrics: { accuracy: ">= 0.97" } }
        recipe: { name: small, set: { sparsification.sparsity: 0.75 } }
        concurrency: 2
        debounceSeconds: 0
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_recipe_and_a_subscription_are_applied_and_a_published_checkpoint_starts_its_run()
    {
        await using var gateway = await StartAsync();
        var ask = await AskAsync(gateway, AccessRoles.Operator);
        var (recipe, rules) = (Write("small.yaml", TestGateway.Recipe), Write("rules.yaml", Rules));

        (await ask("recipes", "apply", "small", recipe)).Output.ShouldEndWith(": stored\n");
        (await ask("recipes", "apply", "small", recipe)).Output.ShouldEndWith(": as it was\n");
        (await ask("recipes", "list")).Output.ShouldBe("small\n");
        (await ask("recipes", "show", "small")).Output.Trim().ShouldBe(TestGateway.Recipe.Trim());
        (await ask("subscriptions", "apply", rules)).Output.ShouldBe("digits-continuous: made\n");
        (await ask("subscriptions", "apply", rules)).Output.ShouldBe("digits-continuous: changed\n");
        var published = await ask(
            "publish", Network(1).Save(_folder.File("net.safetensors")), "--model", "digits", "--tag", "branch=main", "--metric", "accuracy=0.98", "--wait", "60");
        published.Code.ShouldBe(ExitCodes.Ok, published.Error);
        published.Output.ShouldContain("then:   started by digits-continuous: small-");
        var key = published.Output.Split("event:  ")[1][..32];

        (await ask("events", "list")).Output.ShouldStartWith($"{key}  dispatched");
        (await ask("events", "show", key)).Output.ShouldBe(published.Output);
        (await ask("events", "list", "--model", "letters")).Output.ShouldBe("no such events\n");
        var shown = (await ask("subscriptions", "show", "digits-continuous")).Output;
        shown.ShouldContain("takes:    digits with tag branch=main where accuracy >= 0.97\n");
        shown.ShouldContain("at most:  2 at once, 24 a day, 0 s after the last event; newer events let begun runs finish\n");
        shown.ShouldContain($" for {key}, goes on\n");
        (await ask("subscriptions", "pause", "digits-continuous")).Output.ShouldBe("digits-continuous: paused\n");
        (await ask("subscriptions", "list")).Output.ShouldBe("digits-continuous  paused  digits → small\n");
        (await ask("subscriptions", "resume", "digits-continuous")).Output.ShouldBe("digits-continuous: on\n");
        (await ask("subscriptions", "delete", "digits-continuous")).Output.ShouldBe("digits-continuous: deleted\n");
        (await ask("subscriptions", "list")).Output.ShouldBe("no subscriptions yet\n");
    }

    [Fact]
    public async Task An_event_that_was_rejected_ends_with_its_reason_and_a_code_of_its_own()
    {
        await using var gateway = await StartAsync();
        var ask = await AskAsync(gateway, AccessRoles.Operator);

        var (code, output, _) = await ask("publish", Network(1).Save(_folder.File("net.safetensors")), "--model", "digits", "--recipe", "nowhere", "--wait", "60");

        code.ShouldBe(ExitCodes.RefusedInput);
        output.ShouldContain("rejected");
        output.ShouldContain("why:    ");
    }

    [Theory]
    [InlineData("match: { model: digits }", "has no name. Begin it with `name: `")]
    [InlineData("name: [", "rules.yaml, line 2: ")]
    [InlineData("name: x\nmatch: { model: digits }\nrecipe: { name: small }\nconcurency: 3\nmaxPerDay: 0", "concurency")]
    public async Task A_subscription_that_is_wrong_is_refused_with_what_is_wrong(string text, string expected)
    {
        await using var gateway = await StartAsync();
        var ask = await AskAsync(gateway, AccessRoles.Operator);
        await ask("recipes", "apply", "small", Write("small.yaml", TestGateway.Recipe));

        var (code, _, error) = await ask("subscriptions", "apply", Write("rules.yaml", text));

        code.ShouldNotBe(ExitCodes.Ok);
        error.ShouldContain(expected);
    }

    [Fact]
    public async Task A_call_without_a_gateway_or_without_a_key_says_what_to_give()
    {
        var (code, _, error) = await RunAsync("events", "list");
        var (_, _, noKey) = await RunAsync("events", "list", "--gateway", "http://localhost:1");

        code.ShouldBe(ExitCodes.Usage);
        error.ShouldContain("Give --gateway, such as http://localhost:8081, or set SPARSEPIPELINE_GATEWAY.");
        noKey.ShouldContain("or set SPARSEPIPELINE_KEY_FILE.");
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }

    private async Task<Ask> AskAsync(TestGateway gateway, string role)
    {
        var key = Write($"{role}.key", (await gateway.Keys.CreateAsync(new(role), Token)).Token + "\n");
        return arguments => RunAsync([.. arguments, "--gateway", gateway.Address.ToString(), "--key-file", key]);
    }

    private delegate Task<(int Code, string Output, string Error)> Ask(params string[] arguments);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.InvokeAsync(arguments, new Terminal(output, error, IsInteractive: false), Token);
        return (code, output.ToString(), error.ToString());
    }
}
