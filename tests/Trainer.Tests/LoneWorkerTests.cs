using System.Diagnostics;

namespace SparsePipeline.Trainer.Tests;

public sealed class LoneWorkerTests
{
    [Fact]
    public async Task Alone_it_says_that_it_needs_a_shared_bus_and_ends_with_the_exit_code_for_configuration()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Trainer")) { RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(78);
        said.ShouldContain("needs a bus that other processes share");
    }
}
