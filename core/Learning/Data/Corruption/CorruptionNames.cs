namespace SparsePipeline.Learning.Data.Corruption;

/// <summary>Kinds of the <c>corruption</c> axis: what evaluation pictures can suffer; training sees none of it.</summary>
public static class CorruptionNames
{
    /// <summary>Too much light.</summary>
    public const string Brightness = "brightness";

    /// <summary>Little of it left.</summary>
    public const string Contrast = "contrast";

    /// <summary>A disc, as of a lens out of focus.</summary>
    public const string DefocusBlur = "defocus-blur";

    /// <summary>As of another hand or crumpled paper.</summary>
    public const string Elastic = "elastic";

    /// <summary>Clouds between camera and object.</summary>
    public const string Fog = "fog";

    /// <summary>Normal weights, as of a soft lens.</summary>
    public const string GaussianBlur = "gaussian-blur";

    /// <summary>Normal noise, as of a sensor in bad light.</summary>
    public const string GaussianNoise = "gaussian-noise";

    /// <summary>Salt and pepper, as of dead and hot pixels.</summary>
    public const string ImpulseNoise = "impulse-noise";

    /// <summary>A picture that was stored too small.</summary>
    public const string Jpeg = "jpeg";

    /// <summary>A streak in a random direction.</summary>
    public const string MotionBlur = "motion-blur";

    /// <summary>Something that stands in the way.</summary>
    public const string Occlusion = "occlusion";

    /// <summary>A picture that was small once.</summary>
    public const string Pixelate = "pixelate";

    /// <summary>A paper that lies askew.</summary>
    public const string Rotate = "rotate";

    /// <summary>Poisson noise, as of few photons.</summary>
    public const string ShotNoise = "shot-noise";

    /// <summary>Noise that grows with the brightness.</summary>
    public const string SpeckleNoise = "speckle-noise";

    /// <summary>An object that is not in the middle.</summary>
    public const string Translate = "translate";

    /// <summary>As of a camera that comes closer while it looks.</summary>
    public const string ZoomBlur = "zoom-blur";
}
