using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Telemetry;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Telemetry;

namespace SparsePipeline.Infrastructure.Tests.Telemetry;

/// <summary>What a Seq server gets.</summary>
public sealed class SeqTests
{
    [Fact]
    public async Task Events_arrive_with_the_key_the_service_the_run_and_the_step()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("key"), "letmein\n", TestContext.Current.CancellationToken);
        await using var seq = new HttpSink();
        string[] args = ["--Seq:Url=" + seq.Address, "--Seq:ApiKey=overridden", "--Seq:ApiKeyFile=" + folder.File("key")];
        using (var host = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddSparsePipelineDefaults("trainer", args).Build())
        {
            var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("test");
            using var scope = log.BeginStep("run-1", "key-1");
            log.LogWarning("Something {What}", "happened");
        }

        var sent = await seq.NextAsync("/api/events/raw");

        sent.Headers["X-Seq-ApiKey"].ShouldBe("letmein");
        sent.Text.ShouldContain("\"RunId\":\"run-1\"");
        sent.Text.ShouldContain("\"StepKey\":\"key-1\"");
        sent.Text.ShouldContain("\"Service\":\"trainer\"");
        sent.Text.ShouldContain("\"What\":\"happened\"");
    }
}
