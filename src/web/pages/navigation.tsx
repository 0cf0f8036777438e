/** The page's ways to other pages: projects, the other language, and answers of the other surface. */
import type { Project, Surface, UiLanguage } from "../../domain.ts";
import { words } from "../../words/index.ts";

interface Place {
  language: UiLanguage;
  project?: Project | undefined;
  /** As the reader chose it; left out, the report takes the one that has answers. */
  surface?: Surface | undefined;
}

const address = ({ language, project, surface }: Place): string => {
  const query = new URLSearchParams({
    ...(project && { project: project.key }),
    lang: language,
    ...(surface && { surface }),
  });
  return `/?${query.toString().replaceAll("+", "%20")}`;
};

/** Projects, where there are several, and the other language. */
export const Navigation = ({ projects, ...place }: Place & { projects: Project[] }) => {
  const other = place.language === "sv" ? "en" : "sv";
  return (
    <nav>
      {(projects.length > 1 || !place.project) &&
        projects.map((project) => (
          <a
            href={address({ language: place.language, project })}
            aria-current={project.key === place.project?.key ? "page" : undefined}
          >
            {project.name}
          </a>
        ))}
      <a href={address({ ...place, language: other })} lang={other}>
        {other === "en" ? "English" : "Svenska"}
      </a>
    </nav>
  );
};

/** The one surface or the other, never both: their answers are not added up. */
export const SurfaceSwitch = ({ shown, ...place }: Place & { shown: Surface }) => {
  const wording = words[place.language];
  return (
    <nav aria-label={wording.surfacesTitle} class="switch">
      {(["api", "ui"] as const).map((surface) => (
        <a href={address({ ...place, surface })} aria-current={surface === shown ? "page" : undefined}>
          {wording.surfaces[surface]}
        </a>
      ))}
    </nav>
  );
};
