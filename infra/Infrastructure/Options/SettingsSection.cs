namespace SparsePipeline.Infrastructure.Options;

/// <summary>One section a process reads its settings from.</summary>
/// <param name="Name">Name of the section, for example <c>Runners</c>.</param>
/// <param name="Type">The option class it is bound to.</param>
/// <param name="Judge">What all validators of the class say about an instance of it.</param>
public sealed record SettingsSection(string Name, Type Type, Func<IServiceProvider, object, IEnumerable<string>> Judge);
