using System.Diagnostics;

namespace SparsePipeline.TestKit;

/// <summary>The worker whose tests these are, started without any setting.</summary>
public sealed class LoneWorkerTests
{
    private static readonly string Worker = typeof(LoneWorkerTests).Assembly.GetName().Name!.Replace(".Tests", "", StringComparison.Ordinal);

    [Fact]
    public async Task Alone_it_says_that_it_needs_a_shared_bus_and_ends_with_the_exit_code_for_configuration()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, Worker)) { RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(78);
        said.ShouldContain("needs a bus that other processes share");
    }
}
