using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class BenchModelCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("0")]
    [InlineData("1025")]
    public async Task A_batch_out_of_range_is_refused(string batch)
    {
        var run = await BenchAsync("--model", "mlp", "--data", "digits", "--batch", batch);
        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain($"--batch is {batch}. Give 1 to 1024.");
    }

    [Fact]
    public async Task A_checkpoint_that_does_not_fit_the_model_is_refused()
    {
        var run = await BenchAsync("--model", "mlp", "--data", "digits");
        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.ErrorLines.Count.ShouldBe(1);
    }

    private Task<CliRun> BenchAsync(params string[] arguments) =>
        CliRun.InvokeAsync(["bench-model", SmallCheckpoint.Write(folder.File("m.safetensors")), .. arguments, "--store", folder.File("store")]);
}
