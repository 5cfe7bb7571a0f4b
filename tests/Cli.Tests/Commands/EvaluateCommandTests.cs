using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_needs_a_recipe_or_a_model_and_data()
    {
        var run = await EvaluateAsync("--model", "mlp");
        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("--model or --data is missing");
    }

    [Fact]
    public async Task A_checkpoint_that_does_not_fit_the_model_is_refused_and_nothing_is_left_behind()
    {
        var run = await EvaluateAsync("--model", "mlp", "--data", "digits");
        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.ErrorLines.Count.ShouldBe(1);
        Directory.Exists(folder.File("store")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--severity is given without --corruption", "--severity", "3")]
    [InlineData("There is no corruption 'frog'", "--corruption", "frog")]
    [InlineData("There is no metric 'macro-f2'", "--metric", "macro-f2")]
    [InlineData("--severity is 6. Give 1 (mild) to 5 (severe).", "--corruption", "fog", "--severity", "6")]
    [InlineData("--latency is 0. Give 1 to 1024 examples.", "--latency", "0")]
    public async Task A_corruption_or_a_batch_that_makes_no_sense_is_refused(string reason, params string[] arguments)
    {
        var run = await EvaluateAsync(["--model", "mlp", "--data", "digits", .. arguments]);
        run.ExitCode.ShouldBe(ExitCodes.Usage, run.Error);
        run.Error.ShouldContain(reason);
    }

    [Theory]
    [InlineData("digits", "side=16", "The data 'digits' has no option 'side'.")]
    [InlineData("glyphs", "side=7", "--data-option side is 7. It must be from 8 to 64.")]
    [InlineData("glyphs", "side", "--data-option 'side' is not of the form name=value")]
    public async Task An_option_that_the_data_set_does_not_take_is_refused(string data, string option, string reason)
    {
        var run = await EvaluateAsync("--model", "mlp", "--data", data, "--data-option", option);
        run.ExitCode.ShouldBe(ExitCodes.Usage, run.Error);
        run.Error.ShouldContain(reason);
    }

    [Fact]
    public async Task A_file_is_only_for_models_that_are_read_from_one()
    {
        var run = await EvaluateAsync("--model", "mlp", "--model-file", ExampleScript.File, "--data", "digits");
        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("--model-file is given, but model mlp is built in.");
    }

    [Fact]
    public async Task A_script_that_is_none_is_refused_before_any_process_is_started()
    {
        var run = await EvaluateAsync("--model", "torchscript", "--model-file", folder.File("m.safetensors"), "--data", "digits");
        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.Error.ShouldContain("m.safetensors: this is no TorchScript module");
    }

    [Fact]
    public async Task A_script_refuses_a_checkpoint_of_another_model()
    {
        var run = await EvaluateAsync("--model", "torchscript", "--model-file", ExampleScript.File, "--data", "digits");
        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.Error.ShouldContain("'features.0.weight' [16, 1, 3, 3]");
    }

    private Task<CliRun> EvaluateAsync(params string[] arguments) =>
        CliRun.InvokeAsync(["evaluate", SmallCheckpoint.Write(folder.File("m.safetensors")), .. arguments, "--store", folder.File("store")]);
}
