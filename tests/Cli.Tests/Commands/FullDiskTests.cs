using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_command_whose_output_finds_no_space_says_so_in_one_line_waits_and_goes_on()
    {
        using var disk = Mount();
        var file = SmallCheckpoint.Write(_folder.File("m.safetensors"));
        disk.Fill();
        using var said = new StringWriter();

        var pruning = PruneAsync(file, disk, said, TestContext.Current.CancellationToken);
        while (!Text(said).Contains('\n', StringComparison.Ordinal))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        pruning.IsCompleted.ShouldBeFalse();
        disk.Free();

        (await pruning).ShouldBe(ExitCodes.Ok, Text(said));
        var line = Text(said).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        line.ShouldStartWith($"disk full at {disk.Path}");
        line.ShouldEndWith(", waiting; free space or stop");
        SmallCheckpoint.Read(Path.Combine(disk.Path, "m.pruned.safetensors"), "a.weight").ShouldBe([0, 0, 0, 0, 5, -6, 7, -8]);
    }

    [Fact]
    public async Task A_command_that_waits_for_space_can_be_stopped()
    {
        using var disk = Mount();
        var file = SmallCheckpoint.Write(_folder.File("m.safetensors"));
        disk.Fill();
        using var said = new StringWriter();
        using var stop = new CancellationTokenSource();

        var pruning = PruneAsync(file, disk, said, stop.Token);
        while (!Text(said).Contains('\n', StringComparison.Ordinal))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        (await pruning).ShouldBe(ExitCodes.Cancelled);
    }

    private SmallDisk Mount()
    {
        var disk = SmallDisk.TryMount(_folder.File("small"), mebibytes: 4);
        if (disk is null)
            MissingServer.Skip("mounting a small disk is not permitted: run as root");
        return disk!;
    }

    private static Task<int> PruneAsync(string file, SmallDisk disk, StringWriter said, CancellationToken cancellationToken) =>
        Task.Run(() => CommandLine.InvokeAsync(
            ["prune", file, "-s", "0.5", "-o", disk.Path], new Terminal(TextWriter.Null, TextWriter.Synchronized(said), IsInteractive: false), cancellationToken));

    private static string Text(StringWriter said)
    {
        lock (said)
            return said.ToString();
    }
}
