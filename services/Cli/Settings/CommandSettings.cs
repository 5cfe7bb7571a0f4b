using Microsoft.Extensions.Configuration;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Cli.Settings;

/// <summary>Which store and which bus a command works on. Later sources win: the profile, environment variables, <c>--store</c>.</summary>
internal sealed class CommandSettings
{
    private const string OriginKey = $"{RunFollowerOptions.Section}:{nameof(RunFollowerOptions.Origin)}";
    private const string FolderKey = $"{StoreOptions.Section}:{nameof(StoreOptions.Folder)}";

    private CommandSettings(IConfiguration configuration) => Configuration = configuration;

    /// <summary>Every setting that was given.</summary>
    public IConfiguration Configuration { get; }

    /// <summary>Absolute folder of the store, or of this machine's copies when the store is a bucket.</summary>
    public string Folder => Configuration[FolderKey]!;

    /// <summary>How the broker is reached.</summary>
    public RabbitMqOptions Broker => Configuration.GetSection(RabbitMqOptions.Section).Get<RabbitMqOptions>() ?? new RabbitMqOptions();

    /// <summary>Whether artifacts are in a folder of this machine.</summary>
    public bool IsFolder => (Configuration[$"{StoreOptions.Section}:{nameof(StoreOptions.Kind)}"] ?? StoreOptions.InFolder) == StoreOptions.InFolder;

    /// <summary>Whether workers in other processes hear what this one publishes.</summary>
    public bool HasSharedBus => (Configuration[$"{BusOptions.Section}:{nameof(BusOptions.Transport)}"] ?? BusOptions.InMemory) != BusOptions.InMemory;

    /// <summary>Reads all sources.</summary>
    /// <param name="profile">A profile's name; null for none.</param>
    /// <param name="folder">The store's folder when it was given; null leaves it to the other sources.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: no such profile, or it is no JSON.</exception>
    public static CommandSettings Read(string? profile, string? folder)
    {
        var builder = new ConfigurationBuilder();
        if (profile is not null)
            AddProfile(builder, Profiles.FileOf(profile));
        var configuration = builder.AddEnvironmentVariables(HostingExtensions.EnvironmentPrefix).Build();
        configuration[FolderKey] = Path.GetFullPath(folder ?? configuration[FolderKey] ?? GlobalOptions.DefaultStore);
        if (File.Exists(configuration[FolderKey]))
            throw new DomainException(FailureCodes.InvalidOption, $"--store {configuration[FolderKey]} is a file, and a folder is wanted.", "Name the folder that `sparsepipe run` writes to.");
        var settings = new CommandSettings(configuration);
        configuration[OriginKey] ??= profile is not null ? RunOrigins.OfProfile(profile) : settings.HasSharedBus ? "shared bus" : RunOrigins.Embedded;
        return settings;
    }

    /// <summary>Settings of nothing but a folder: neither a profile nor the environment can lead elsewhere.</summary>
    public static CommandSettings OfFolder(string folder) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new(FolderKey, Path.GetFullPath(folder))]).Build());

    /// <summary>These settings with another value for one key.</summary>
    public CommandSettings With(string key, string value) =>
        new(new ConfigurationBuilder().AddConfiguration(Configuration).AddInMemoryCollection([new(key, value)]).Build());

    /// <summary>These settings for runs that belong to a study.</summary>
    public CommandSettings OfStudy() => With(OriginKey, RunOrigins.OfStudy(Configuration[OriginKey]));

    /// <summary>These settings laid over others, as one flat list.</summary>
    public IReadOnlyDictionary<string, string?> Over(IReadOnlyDictionary<string, string?> others)
    {
        var all = new Dictionary<string, string?>(others, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in Configuration.AsEnumerable().Where(s => s.Value is not null && !string.Equals(s.Key, FolderKey, StringComparison.OrdinalIgnoreCase)))
            all[key] = value;
        return all;
    }

    private static void AddProfile(ConfigurationBuilder builder, string file)
    {
        try
        {
            builder.AddInMemoryCollection(new ConfigurationBuilder().AddJsonFile(file).Build().AsEnumerable());
        }
        catch (Exception error) when (error is InvalidDataException or FormatException)
        {
            var reason = (error.InnerException ?? error).Message;
            throw new DomainException(FailureCodes.InvalidOption, $"The profile {file} is no JSON: {reason}", "Correct it, or let `make up` write it again.");
        }
    }
}
