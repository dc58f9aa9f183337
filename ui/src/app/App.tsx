import { useEffect } from "react";
import { BoardSection } from "../board/BoardSection.tsx";
import { BottomBar } from "../panels/BottomBar.tsx";
import { MilestoneToast } from "../panels/MilestoneToast.tsx";
import { Notice } from "../panels/Notice.tsx";
import { TopBar } from "../panels/TopBar.tsx";
import { useStream } from "../store/hooks.ts";
import { Insights } from "./Insights.tsx";
import { useLayout } from "./useLayout.ts";

export function App() {
  const layout = useLayout();
  const language = useStream((state) => state.language);
  const level = useStream((state) => state.level);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  return (
    <div className="page" data-layout={layout} data-level={level} data-language={language}>
      <TopBar />
      <main className="main">
        <BoardSection>
          <Notice />
        </BoardSection>
        {layout === "feed" ? <BottomBar /> : null}
        <Insights layout={layout} />
      </main>
      {layout === "feed" ? null : <BottomBar />}
      <MilestoneToast />
    </div>
  );
}
