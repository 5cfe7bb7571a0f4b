using SparsePipeline.Cli.Files;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests;

public sealed class DiskWaitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_command_wrote_before_the_disk_was_full_is_not_in_its_way_when_it_goes_on()
    {
        var file = _folder.File("out/m.safetensors");
        var attempts = 0;
        var invocation = Call();

        var code = await DiskWait.RunAsync(
            invocation,
            async (call, token) =>
            {
                OutputFiles.Prepare(call, [file], []);
                await File.WriteAllTextAsync(file, "half", token);
                return ++attempts > 1 ? ExitCodes.Ok : throw FullDiskError();
            },
            TestContext.Current.CancellationToken);

        (code, attempts).ShouldBe((ExitCodes.Ok, 2));
        Should.Throw<Contracts.DomainException>(() => OutputFiles.Prepare(Call(), [file], [])).Failure.Reason.ShouldContain("exists");
    }

    private static Invocation Call() =>
        new(CommandLine.CreateRoot().Parse(["soup", "a.safetensors", "b.safetensors"]), new Terminal(TextWriter.Null, TextWriter.Null, IsInteractive: false));

    private static IOException FullDiskError()
    {
        const int NoSpace = 28;
        var error = new IOException("No space left on device : '/somewhere'", NoSpace);
        FullDisk.Find(error).ShouldNotBeNull();
        return error;
    }
}
