# Citera as an image: built with everything, run with what it needs, by a user without rights, with its data in /data.
FROM node:22-slim AS build
# what better-sqlite3 needs where it has no ready build
RUN apt-get update && apt-get install -y --no-install-recommends build-essential python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund && npm rebuild better-sqlite3
COPY tsconfig.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-slim
ENV NODE_ENV=production DATABASE_URL=/data/citera.db CITERA_HOST=0.0.0.0
RUN mkdir /data && chown node:node /data
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/dist /app/dist
COPY package.json CHANGELOG.md LICENSE /app/
COPY prompts /app/prompts
RUN ln -s /app/dist/main.js /usr/local/bin/citera && chmod +x /app/dist/main.js
USER node
# project file and .env are looked for where the data is
WORKDIR /data
VOLUME /data
EXPOSE 4747
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "const { CITERA_HEALTH_PORT, CITERA_PORT } = process.env; fetch(`http://127.0.0.1:${CITERA_HEALTH_PORT || CITERA_PORT || 4747}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# as a list, so that the signal to stop reaches Citera and no shell
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["start"]
