using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Tests.Hosting;

public class HostingTests
{
    [Fact]
    public void The_defaults_give_a_service_its_stores_and_its_log()
    {
        using var host = Build("--Store:Folder=/tmp/somewhere");

        host.Services.GetRequiredService<StoreFolder>().Root.ShouldBe("/tmp/somewhere");
        host.Services.GetRequiredService<IArtifactStore>().ShouldBeOfType<FileArtifactStore>();
        host.Services.GetRequiredService<IStepStore>().ShouldBeOfType<StepStore>();
        host.Services.GetRequiredService<IRunStore>().ShouldBeOfType<RunStore>();
        host.Services.GetRequiredService<ILoggerFactory>().GetType().FullName.ShouldBe("Serilog.Extensions.Logging.SerilogLoggerFactory");
    }

    [Fact]
    public void Environment_wins_over_the_settings_file_and_the_command_line_over_both()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "hosting-test.settings.json");
        File.WriteAllText(file, """{ "Claims": { "LeaseSeconds": 71 }, "Slices": { "BudgetSeconds": 72, "CheckpointSeconds": 73 } }""");
        Environment.SetEnvironmentVariable("SPARSEPIPELINE_Slices__BudgetSeconds", "82");
        Environment.SetEnvironmentVariable("SPARSEPIPELINE_Slices__CheckpointSeconds", "83");

        using var host = Build("hosting-test", "--Slices:CheckpointSeconds=93");
        var slices = host.Services.GetRequiredService<IOptions<TrainingSliceOptions>>().Value;

        Environment.SetEnvironmentVariable("SPARSEPIPELINE_Slices__BudgetSeconds", null);
        Environment.SetEnvironmentVariable("SPARSEPIPELINE_Slices__CheckpointSeconds", null);
        host.Services.GetRequiredService<IOptions<ClaimOptions>>().Value.LeaseSeconds.ShouldBe(71);
        slices.BudgetSeconds.ShouldBe(82);
        slices.CheckpointSeconds.ShouldBe(93);
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_host_at_its_start()
    {
        using var host = Build("--Runners:GraceSeconds=-1");

        (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("GraceSeconds");
    }

    [Fact]
    public async Task A_service_that_needs_runners_does_not_start_without_one()
    {
        var builder = Builder("--Runners:Path=/nowhere/runner");
        builder.Services.AddRunners();
        using var host = builder.Build();

        var message = (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message;

        message.ShouldContain("Runners:Path: there is no runner executable '/nowhere/runner'.");
    }

    [Fact]
    public void The_host_waits_as_long_as_configured_when_it_stops()
    {
        using var host = Build("--Hosting:ShutdownSeconds=41");

        host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBe(TimeSpan.FromSeconds(41));
    }

    [Fact]
    public void Telemetry_is_exported_only_when_a_collector_is_named()
    {
        using var without = Build();
        using var with = Build("--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1");

        without.Services.GetService<TracerProvider>().ShouldBeNull();
        with.Services.GetService<TracerProvider>().ShouldNotBeNull();
        with.Services.GetService<MeterProvider>().ShouldNotBeNull();
    }

    private static IHost Build(params string[] args) =>
        args is [var service, ..] && !service.StartsWith('-') ? Builder(args[1..], service).Build() : Builder(args).Build();

    private static HostApplicationBuilder Builder(params string[] args) => Builder(args, "test");

    private static HostApplicationBuilder Builder(string[] args, string service) =>
        Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddSparsePipelineDefaults(service, args);
}
