using SparsePipeline.Cli.Settings;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests;

/// <summary>Tests of this collection set the variable of the profiles' folder; none of them runs beside another.</summary>
[Collection(Collection)]
public sealed class ProfileTests : IDisposable
{
    internal const string Collection = "profiles";
    private readonly TemporaryFolder _folder = new();

    public ProfileTests() => Environment.SetEnvironmentVariable(Profiles.FolderVariable, _folder.Path);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Profiles.FolderVariable, null);
        _folder.Dispose();
    }

    [Fact]
    public async Task An_unknown_profile_is_answered_with_the_known_ones_and_how_to_get_one()
    {
        Write("staging", "{}");
        Write("production", "{}");

        var run = await CliRun.InvokeAsync("runs", "list", "--profile", "prod");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.ErrorLines.ShouldHaveSingleItem().ShouldContain("Known profiles: production, staging.");
        run.Error.ShouldContain("make up");
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("")]
    public async Task A_name_that_is_none_reads_no_file(string name) =>
        (await CliRun.InvokeAsync("runs", "list", "--profile", name)).ExitCode.ShouldBe(ExitCodes.Usage);

    [Fact]
    public async Task A_profile_that_is_no_JSON_is_refused_by_its_path()
    {
        Write("broken", "{ \"Bus\": ");

        var run = await CliRun.InvokeAsync("runs", "list", "--profile", "broken");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain(_folder.File("broken.settings.json"));
    }

    [Fact]
    public async Task A_wrong_setting_is_the_users_to_correct_and_no_defect()
    {
        Write("wrong", """{ "Store": { "Kind": "tape" }, "S3": { "Concurrency": 0 } }""");

        var run = await CliRun.InvokeAsync("runs", "list", "--profile", "wrong");

        run.ExitCode.ShouldBe(ExitCodes.Usage, run.Error);
        run.Error.ShouldContain("Kind");
        run.Error.ShouldContain("Concurrency");
    }

    [Fact]
    public async Task The_looking_commands_look_into_the_store_of_the_profile()
    {
        var recipe = SmallRecipe.Write(_folder.File("small.yaml"));
        await using (var store = Cli.Store.LocalStore.Open(CommandSettings.OfFolder(_folder.File("elsewhere"))))
            await store.Runs.SubmitAsync(Recipes.RecipeFile.Read(recipe), TestContext.Current.CancellationToken);
        Write("elsewhere", $$"""{ "Store": { "Folder": "{{_folder.File("elsewhere")}}" } }""");

        var list = await CliRun.InvokeAsync("runs", "list", "--profile", "elsewhere", "--json");

        list.Json.GetProperty("items")[0].GetProperty("state").GetString().ShouldBe("unfinished");
        (await CliRun.InvokeAsync("plan", recipe, "--profile", "elsewhere")).ExitCode.ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public void The_environment_wins_over_a_profile_and_the_command_line_over_both()
    {
        Write("one", """{ "Store": { "Folder": "/of-the-profile" }, "RabbitMq": { "Host": "of-the-profile", "Port": 1 } }""");
        Environment.SetEnvironmentVariable("SPARSEPIPELINE_RabbitMq__Host", "of-the-environment");
        try
        {
            var settings = CommandSettings.Read("one", "/of-the-command-line");

            settings.Configuration["RabbitMq:Host"].ShouldBe("of-the-environment");
            settings.Configuration["RabbitMq:Port"].ShouldBe("1");
            settings.Folder.ShouldBe("/of-the-command-line");
        }
        finally
        {
            Environment.SetEnvironmentVariable("SPARSEPIPELINE_RabbitMq__Host", null);
        }
    }

    [Theory]
    [InlineData("--runners", "2", "--runners 2")]
    [InlineData("--plain", null, "data.path is 'data'")]
    public void What_makes_no_sense_for_workers_elsewhere_is_refused_before_anything_is_connected(string option, string? value, string reason)
    {
        Write("shared", """{ "Bus": { "Transport": "rabbitmq" }, "RabbitMq": { "Port": 1 } }""");
        Directory.CreateDirectory(_folder.File("data"));
        var recipe = Recipes.RecipeFile.Read(SmallRecipe.Write(_folder.File("small.yaml")));
        var settings = CommandSettings.Read("shared", folder: null);
        settings.HasSharedBus.ShouldBeTrue();

        string[] words = ["run", _folder.File("small.yaml"), "--profile", "shared", option, .. value is null ? (string[])[] : [value]];
        var refusal = Should.Throw<DomainException>(() => Runs.WorkerPlace.Check(
            new Invocation(CommandLine.CreateRoot().Parse(words), new Terminal(TextWriter.Null, TextWriter.Null, IsInteractive: false)),
            recipe with { Data = recipe.Data with { Path = value is null ? "data" : null } }));

        refusal.Failure.Reason.ShouldContain(reason);
    }

    [Fact]
    public async Task Detaching_from_workers_in_this_process_is_refused()
    {
        var run = await CliRun.InvokeAsync("run", SmallRecipe.Write(_folder.File("small.yaml")), "--store", _folder.File("store"), "--detach");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.ErrorLines.ShouldHaveSingleItem().ShouldContain("--detach");
        Directory.Exists(_folder.File("store")).ShouldBeFalse();
    }

    private void Write(string name, string json) => File.WriteAllText(_folder.File($"{name}.settings.json"), json);
}
