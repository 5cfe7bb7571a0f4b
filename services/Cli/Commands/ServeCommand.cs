using System.CommandLine;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Settings;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Standalone;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>serve</c>: the gateway and all workers in this process.</summary>
internal static class ServeCommand
{
    private const string Port = $"{GatewayOptions.Section}:{nameof(GatewayOptions.HttpPort)}";
    private const string Host = $"{GatewayOptions.Section}:{nameof(GatewayOptions.HttpHost)}";

    // What is served starts runs of people who may not read this machine's files. Lines of the workers would bury those of the gateway.
    private static readonly Dictionary<string, string?> Served = new(StringComparer.OrdinalIgnoreCase)
    {
        [$"{DataOptions.Section}:{nameof(DataOptions.Roots)}"] = "",
        ["Serilog:MinimumLevel:Default"] = "Warning",
        ["Serilog:MinimumLevel:Override:SparsePipeline.Gateway"] = "Information",
    };

    private static readonly Option<int?> PortOption = new("--port") { Description = "Port of the gateway, 0 for a free one; 8081 when left out.", HelpName = "N" };

    private static readonly Option<string?> HostOption = new("--host")
    {
        Description = "Address to listen at: localhost, which is the default, keeps it on this machine; * takes every interface, without TLS.",
        HelpName = "ADDRESS",
    };

    public static Command Create() => new CommandWithExamples(
        "serve",
        "Take training events, checkpoints and recipes over HTTP and work on them, in this one process on the store's folder. Ends with Ctrl-C; what was taken in goes on at the next start.",
        "sparsepipe serve",
        "sparsepipe serve --port 9000 --runners 2 --store /data/sparsepipe")
    {
        PortOption, HostOption, RunOptions.Runners,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var settings = invocation.Settings.With($"{RunFollowerOptions.Section}:{nameof(RunFollowerOptions.Origin)}", "gateway");
        if (settings.HasSharedBus)
            throw new DomainException(
                FailureCodes.InvalidOption, "serve has its workers in its own process, and the settings name a shared broker.", "Leave --profile out, or start the service SparsePipeline.Gateway.");
        settings = invocation.Value(PortOption) is { } port ? settings.With(Port, port.ToString()) : settings;
        settings = invocation.Value(HostOption) is { } host ? settings.With(Host, host) : settings;
        await using var pipeline = await StartAsync(invocation, settings, cancellationToken);
        var address = pipeline.Service<GatewayServer>().Address!;
        invocation.Answer(new { Gateway = address, Store = settings.Folder });
        invocation.Say($"gateway: {address}");
        invocation.Say($"store:   {settings.Folder}");
        invocation.Say("keys:    sparsepipe keys create --role publisher" + (invocation.Where.Count > 0 ? $" {ShellText.Join(invocation.Where)}" : ""));
        await invocation.Terminal.Output.FlushAsync(CancellationToken.None);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCodes.Ok;
    }

    private static Task<EmbeddedPipeline> StartAsync(Invocation invocation, CommandSettings settings, CancellationToken cancellationToken)
    {
        var options = new EmbeddedOptions { StoreFolder = settings.Folder, Runners = invocation.Value(RunOptions.Runners), Settings = settings.Over(Served) };
        // Nobody follows these runs, so they are swept as those on a shared bus are.
        return EmbeddedPipeline.StartAsync(options, (services, configuration) => services.AddRunSweeper(configuration).AddGateway(configuration), cancellationToken);
    }
}
