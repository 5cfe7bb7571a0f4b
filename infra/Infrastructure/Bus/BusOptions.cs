using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Over what the workers talk.</summary>
public sealed class BusOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Bus";

    /// <summary>The bus inside one process: nothing to install, nobody outside hears it.</summary>
    public const string InMemory = "in-memory";

    /// <summary>A broker that processes on any machine share (section <c>RabbitMq</c>).</summary>
    public const string RabbitMq = "rabbitmq";

    /// <summary><c>in-memory</c> or <c>rabbitmq</c>.</summary>
    [AllowedValues(InMemory, RabbitMq)]
    public string Transport { get; set; } = InMemory;

    /// <summary>
    /// How long the broker may take to confirm a message, in seconds; what was not confirmed is sent again by a sweep. After two such waits in a
    /// row a service builds its bus anew.
    /// </summary>
    [Range(0.1, 600.0)]
    public double ConfirmSeconds { get; set; } = 30;

    /// <summary>Whether other processes hear what this one says.</summary>
    public bool IsShared => Transport != InMemory;
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class BusOptionsValidator : IValidateOptions<BusOptions>;
