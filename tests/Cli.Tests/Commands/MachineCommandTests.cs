using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class MachineCommandTests
{
    [Fact]
    public async Task Doctor_trains_a_tiny_network_and_finds_this_machine_well()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.InvokeAsync("doctor", "--store", folder.File("store"), "--json");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Output);
        run.Json.EnumerateArray().Select(f => f.GetProperty("subject").GetString()).ShouldContain("libtorch");
        Directory.Exists(folder.File("store")).ShouldBeFalse("looking changes nothing");
    }

    [Fact]
    public async Task Doctor_says_when_the_store_cannot_be_written()
    {
        var run = await CliRun.InvokeAsync("doctor", "--store", "/proc/sparsepipe");
        run.ExitCode.ShouldBe(ExitCodes.Environment);
        run.Output.ShouldContain("FAIL store");
    }

    [Fact]
    public async Task Version_is_one_line()
    {
        var run = await CliRun.InvokeAsync("--version");
        run.ExitCode.ShouldBe(ExitCodes.Ok);
        run.Output.Trim().ShouldMatch(@"^\d+\.\d+\.\d+");
    }

    [Fact]
    public async Task The_recipe_schema_lists_the_registered_methods()
    {
        var run = await CliRun.InvokeAsync("methods", "--schema");
        run.Json.GetProperty("title").GetString().ShouldBe("SparsePipeline recipe");
        run.Output.ShouldContain("global-magnitude");
    }

    [Fact]
    public async Task Methods_are_json_for_programs_and_a_page_for_people()
    {
        (await CliRun.InvokeAsync("methods", "pruner", "--json")).Json.EnumerateArray()
            .Select(m => m.GetProperty("name").GetString()).ShouldContain("global-magnitude");
        (await CliRun.InvokeAsync("methods", "mlp")).Output.ShouldContain("hidden");
    }
}
